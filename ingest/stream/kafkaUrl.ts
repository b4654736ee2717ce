/** Where a Kafka stream is, and how it is made if it isn't there yet. */
export type KafkaTarget = {
  brokers: string[];
  topic: string;
  tls: boolean;
  sasl?: { mechanism: Mechanism; username: string; password: string };
  /** For a topic that is yet to be made; an existing one keeps what it has. */
  partitions: number;
};

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
type Mechanism = (typeof MECHANISMS)[number];

const FORM =
  'kafka://[user:password@]host:port[,host:port]/topic[?tls&sasl=plain|scram-sha-256|scram-sha-512&partitions=12]';
const SHAPE = /^kafka:\/\/(?:([^:@/]+):([^@/]*)@)?([^@/?]+)\/([^/?]+)(?:\?(.*))?$/;
const MAX_PARTITIONS = 1_000;

/** Parses `STREAM_URL`. What it throws never quotes the URL: that holds a password. */
export function parseKafkaUrl(url: string): KafkaTarget {
  const [, user, password = '', hosts = '', topic = '', query = ''] =
    SHAPE.exec(url) ?? refuse('its form is wrong');
  const brokers = hosts.split(',');
  if (!brokers.every((broker) => /^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i.test(broker)))
    refuse('every broker must be host:port');
  // Kafka allows 249 characters; the record of the partitions is named after the topic.
  if (!/^[\w.-]{1,220}$/.test(topic) || /^\.\.?$/.test(topic))
    refuse('a topic has 1 to 220 letters, digits, ".", "_" or "-"');
  const options = new URLSearchParams(query);
  for (const name of options.keys())
    if (!['tls', 'sasl', 'partitions'].includes(name)) refuse(`unknown option "${name}"`);
  const partitions = Number(options.get('partitions') ?? 12);
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > MAX_PARTITIONS)
    refuse(`partitions must be 1 to ${MAX_PARTITIONS}`);
  const target = { brokers, topic, tls: flag(options.get('tls')), partitions };
  const mechanism = options.get('sasl');
  if (user === undefined && mechanism === null) return target;
  const known = MECHANISMS.find((name) => name === mechanism);
  if (user === undefined) refuse('sasl needs user:password');
  if (!known) refuse(`user:password needs sasl=${MECHANISMS.join('|')}`);
  return { ...target, sasl: { mechanism: known, username: decode(user), password: decode(password) } };
}

function flag(value: string | null): boolean {
  if (value === null || value === 'false') return false;
  if (value === '' || value === 'true') return true;
  return refuse('tls takes no value');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('user and password must be percent-encoded');
  }
}

function refuse(reason: string): never {
  throw new Error(`STREAM_URL: ${reason}; it must be ${FORM}`);
}
