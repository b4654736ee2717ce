/** Work that is done one after another, in the order in which it is asked for; what fails holds nothing up. */
export type OneAfterAnother = <T>(work: () => Promise<T>) => Promise<T>;

export function oneAfterAnother(): OneAfterAnother {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
