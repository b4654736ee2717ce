import type { Admin, Kafka } from 'kafkajs';

export type AdminPool = {
  /** Runs `task` on a connected admin client; the connection is kept, and made anew after a failure. */
  use<T>(task: (admin: Admin) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export function createAdminPool(kafka: Kafka): AdminPool {
  let connected: Promise<Admin> | undefined;

  async function connect(): Promise<Admin> {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  }
  const drop = async (): Promise<void> => {
    const old = connected;
    connected = undefined;
    await old?.then((admin) => admin.disconnect()).catch(() => undefined);
  };
  return {
    async use(task) {
      connected ??= connect();
      const mine = connected;
      try {
        return await task(await mine);
      } catch (error) {
        if (connected === mine) await drop();
        throw error;
      }
    },
    close: drop,
  };
}
