/** A clock that shows another time than the machine's and goes on as fast; `move` sets it on. */
export type TestClock = { (): number; move(ms: number): void };

/** `time` as in `2026-01-01T09:00:00+08:00`. */
export function clockFrom(time: string): TestClock {
  let shift = Date.parse(time) - Date.now();
  const clock = (): number => Date.now() + shift;
  return Object.assign(clock, {
    move: (ms: number): void => {
      shift += ms;
    },
  });
}
