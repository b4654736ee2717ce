import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Lasting } from '../lasting.ts';

/** The offsets that each partition holds: from `low` to before `high`. */
export type Extent = { low: number[]; high: number[] };

/** The topic is the truth itself: nothing may expire, and the broker's clock dates what a foreigner sends. */
const REQUIRED = {
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'message.timestamp.type': 'LogAppendTime',
};
const TOPIC_RESOURCE = 2;
const SETTLE_MS = 10_000;

/**
 * Makes the topic if it is missing, and answers with its number of partitions.
 *
 * More partitions would move subjects to other ones and break their order, so the number is recorded where every
 * client of the cluster finds it and nothing can rewrite it: in the name of an empty topic beside this one. Throws
 * when the topic no longer has that number, or when its settings would lose events.
 */
export async function prepareTopic(admin: Admin, topic: string, partitions: number): Promise<number> {
  const topics = await admin.listTopics();
  const record = recordedIn(topics, topic);
  if (!topics.includes(topic)) {
    const configEntries = Object.entries(REQUIRED).map(([name, value]) => ({ name, value }));
    await create(admin, { topic, numPartitions: record ?? partitions, replicationFactor: -1, configEntries });
  }
  const found = await partitionsOf(admin, topic);
  if (record === undefined)
    await create(admin, { topic: recordName(topic, found), numPartitions: 1, replicationFactor: -1 });
  // Asked again: another process may have been making the topic at the same time.
  const recorded = recordedIn(await admin.listTopics(), topic);
  if (recorded !== found) throw new PartitionsChanged(topic, recorded ?? 0, found);
  await checkConfig(admin, topic);
  return found;
}

/** The topic is not one that keeps events as they are: somebody must see to it. */
class Unfit extends Error implements Lasting {
  readonly lasting = true;
}

export class PartitionsChanged extends Unfit {
  constructor(topic: string, recorded: number, found: number) {
    super(
      `topic ${topic} has ${found} partitions where it was made with ${recorded}: subjects would lose their order. ` +
        `Copy the events into a new topic instead (export events, import events)`,
    );
  }
}

/** Throws `PartitionsChanged` if the topic no longer has `partitions`. */
export async function extentOf(admin: Admin, topic: string, partitions: number): Promise<Extent> {
  const offsets = await admin.fetchTopicOffsets(topic);
  if (offsets.length !== partitions) throw new PartitionsChanged(topic, partitions, offsets.length);
  offsets.sort((a, b) => a.partition - b.partition);
  return { low: offsets.map(({ low }) => Number(low)), high: offsets.map(({ high }) => Number(high)) };
}

const recordName = (topic: string, partitions: number): string => `${topic}.partitions-${partitions}`;

function recordedIn(topics: readonly string[], topic: string): number | undefined {
  const prefix = recordName(topic, 0).slice(0, -1);
  const numbers = topics
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)));
  if (numbers.length > 1)
    throw new Unfit(`the partitions of topic ${topic} are recorded twice: ${numbers.join(', ')}`);
  return numbers[0];
}

/** The number of partitions, once each has a leader: a topic just made is not known everywhere at once. */
async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const partitions = topics[0]?.partitions ?? [];
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) return partitions.length;
      if (Date.now() > deadline) throw new Error(`partitions of topic ${topic} have no leader`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(100);
  }
}

async function create(admin: Admin, topic: Parameters<Admin['createTopics']>[0]['topics'][0]): Promise<void> {
  // Answers false where the topic exists: another process was faster. Its own waiting for leaders gives up at once.
  await admin.createTopics({ topics: [topic], waitForLeaders: false });
  await partitionsOf(admin, topic.topic);
}

async function checkConfig(admin: Admin, name: string): Promise<void> {
  const configNames = Object.keys(REQUIRED);
  const { resources } = await admin.describeConfigs({
    resources: [{ type: TOPIC_RESOURCE, name, configNames }],
    includeSynonyms: false,
  });
  const entries = new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]));
  const wrong = Object.entries(REQUIRED).filter(([key, value]) => entries.get(key) !== value);
  if (wrong.length === 0) return;
  const settings = wrong.map(([key, value]) => `${key}=${value} (is ${entries.get(key)})`);
  throw new Unfit(`topic ${name} would not keep events as they are; set ${settings.join(', ')}`);
}
