import { startBroker } from './broker.ts';
import { brokerUnavailable } from './fetch.ts';

/**
 * One broker for the whole run. Test processes inherit its address as KAFKA_BROKERS, or the reason why there is
 * none as KAFKA_UNAVAILABLE (printed here, once; the tests skip themselves with it).
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const missing = brokerUnavailable();
  if (missing) return skip(missing);
  try {
    const { brokers, stop } = await startBroker();
    process.env.KAFKA_BROKERS = brokers.join(',');
    return stop;
  } catch (error) {
    return skip(`no broker for the Kafka tests: ${(error as Error).message}`);
  }
}

function skip(reason: string): undefined {
  process.env.KAFKA_UNAVAILABLE = reason;
  process.stderr.write(`${reason}\n`);
}
