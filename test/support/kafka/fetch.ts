import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchJars, type Jars, jarsUnavailable } from '../jars.ts';

const pom = join(import.meta.dirname, 'pom.xml');
const VERSION = /<kafka\.version>(.+)<\/kafka\.version>/.exec(readFileSync(pom, 'utf8'))?.[1] ?? 'unknown';
const JARS: Jars = { what: `Kafka ${VERSION}`, pom, folder: join('kafka', VERSION), size: '43 MB' };

/** Why no broker of our own can be started on this machine; undefined where one can. */
export function ownBrokerUnavailable(): string | undefined {
  const why = jarsUnavailable(JARS);
  return why && `no broker for the Kafka tests: ${why}`;
}

/** As `ownBrokerUnavailable`, but a broker named in KAFKA_BROKERS serves as well. */
export function brokerUnavailable(): string | undefined {
  if (process.env.KAFKA_BROKERS) return undefined;
  return process.env.KAFKA_UNAVAILABLE ?? ownBrokerUnavailable();
}

/** The folder of the broker's jars; fetched on first use, by one process while others wait. */
export const fetchKafka = (): Promise<string> => fetchJars(JARS);
