import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { JVM } from '../jars.ts';
import { fetchKafka } from './fetch.ts';

export type Broker = {
  brokers: string[];
  /** Ends the broker and removes its data. */
  stop(): Promise<void>;
};

/** A broker that a test may mistreat. */
export type OwnBroker = Broker & {
  /** SIGKILL. The data stays; `restart` serves it again on the same port. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Frozen: connections stay open, nothing answers. */
  pause(): void;
  resume(): void;
};

const START_LIMIT_MS = 60_000;

/** The broker of KAFKA_BROKERS, which is not ours to stop; else one of our own. */
export async function startBroker(): Promise<Broker> {
  const given = process.env.KAFKA_BROKERS;
  if (!given) return startOwnBroker();
  return { brokers: given.split(','), stop: async () => undefined };
}

/** A broker of one's own. `later`: it has a place and is not there yet; `restart` starts it. */
export async function startOwnBroker({ later = false } = {}): Promise<OwnBroker> {
  const place = await fetchKafka();
  const jars = join(place, '*');
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-kafka-'));
  const [port, controllerPort] = await freePorts();
  const brokers = [`127.0.0.1:${port}`];
  const config = join(folder, 'server.properties');
  const log = join(folder, 'broker.log');
  const data = join(folder, 'data');
  await writeFile(config, properties(port, controllerPort, data));
  await cp(await formatted(place, jars), data, { recursive: true });

  const launch = async (): Promise<ChildProcess> => {
    const java = ['java', '-Xmx384m', ...JVM, '-cp', jars, 'kafka.Kafka', config];
    const supervisor = spawn(process.execPath, [join(import.meta.dirname, 'supervise.mjs'), log, ...java], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    // A broker that is gone already needs no order.
    supervisor.stdin?.on('error', () => undefined);
    await answering(brokers, supervisor, log);
    return supervisor;
  };

  let supervisor = later ? undefined : await launch();
  const end = async (order: 'stop' | 'kill'): Promise<void> => {
    if (!supervisor || supervisor.exitCode !== null || supervisor.signalCode !== null) return;
    const exited = once(supervisor, 'exit');
    supervisor.stdin?.write(`${order}\n`);
    await exited;
  };
  return {
    brokers,
    kill: () => end('kill'),
    restart: async () => {
      supervisor = await launch();
    },
    pause: () => supervisor?.stdin?.write('pause\n'),
    resume: () => supervisor?.stdin?.write('resume\n'),
    // Nothing of it is wanted any more, so there is nothing to shut down in order.
    stop: async () => {
      await end('kill');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder for data as a broker wants it before its first start: made once a machine, since that takes a Java of its own. */
async function formatted(place: string, jars: string): Promise<string> {
  const kept = `${place}-formatted`;
  if (existsSync(kept)) return kept;
  const part = await mkdtemp(`${kept}-`);
  try {
    const [config, data] = [join(part, 'server.properties'), join(part, 'data')];
    await writeFile(config, properties(9_092, 9_093, data));
    // Any 16 bytes in base64 name a cluster; one broker never meets another cluster.
    const format = ['kafka.tools.StorageTool', 'format', '-t', 'd3V4aW5nLWthZmthLXRlcw', '-c', config];
    await promisify(execFile)('java', ['-Xmx256m', ...JVM, '-cp', jars, ...format]);
    // The folder appears whole or not at all; where another process was first, its folder is as good.
    await rename(data, kept).catch((error) => {
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return kept;
}

/** Resolves once the broker answers a client. */
async function answering(brokers: string[], supervisor: ChildProcess, log: string): Promise<void> {
  const kafka = new Kafka({
    brokers,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await admin.connect();
      if ((await admin.describeCluster()).brokers.length > 0) return await admin.disconnect();
    } catch (error) {
      if (supervisor.exitCode === null && Date.now() < deadline) {
        await sleep(100);
        continue;
      }
      supervisor.stdin?.end();
      const said = await readFile(log, 'utf8').catch(() => '');
      throw new Error(`Kafka did not start: ${said.slice(-2_000) || String(error)}`, { cause: error });
    }
  }
}

async function freePorts(): Promise<[number, number]> {
  const servers = await Promise.all(
    [0, 0].map(async (port) => {
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return [ports[0] ?? 0, ports[1] ?? 0];
}

const properties = (port: number, controllerPort: number, data: string): string => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=BROKER://127.0.0.1:${port}
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${data}
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
`;
