export type AlarmClock = ReturnType<typeof createAlarmClock>;

/**
 * The object's one alarm, for all who wait for something. When it rings each does what waits and asks again
 * where something is left; so it exists only while something waits.
 */
export function createAlarmClock({ storage }: DurableObjectState) {
  const { sql } = storage;
  sql.exec('create table if not exists alarm (id integer primary key check (id = 1), due integer)');
  sql.exec('insert or ignore into alarm (id, due) values (1, null)');

  return {
    /** Rings at `at`, in epoch milliseconds, unless it rings earlier. */
    by(at: number): void {
      const { due } = sql.exec<{ due: number | null }>('select due from alarm').one();
      if (due !== null && due <= at) return;
      sql.exec('update alarm set due = ?', at);
      void storage.setAlarm(at);
    },
    /** To be called when it rings, before anything else. */
    rang(): void {
      sql.exec('update alarm set due = null');
    },
  };
}
