import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoredObjects {
  /** every object of the bucket */
  objects: { key: string; bytes: number; sha256(): string }[];
  /** uploads in parts that were neither completed nor given up */
  unfinished: string[];
}

interface ObjectRow {
  key: string;
  size: number;
  blob_id: string | null;
}

/** What really lies in the local store of a platform that has stopped, behind everybody's back. */
export function storedObjects(dataDir: string): StoredObjects {
  const root = path.join(dataDir, 'state/v3/r2');
  const blobs = path.join(root, 'momentique-originals/blobs');
  const found: StoredObjects = { objects: [], unfinished: [] };
  const folder = path.join(root, 'miniflare-R2BucketObject');
  for (const file of readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))) {
    const db = new DatabaseSync(path.join(folder, file), { readOnly: true });
    const partsOf = db.prepare('select blob_id from _mf_multipart_parts where object_key = ? order by part_number');
    for (const row of db.prepare('select key, size, blob_id from _mf_objects').all() as unknown as ObjectRow[]) {
      const parts = row.blob_id === null ? (partsOf.all(row.key) as { blob_id: string }[]) : [{ blob_id: row.blob_id }];
      // Buckets of jurisdictions have files of their own, and nothing in them here.
      if (parts.some(({ blob_id: id }) => !existsSync(path.join(blobs, id)))) {
        throw new Error(`The store has no bytes of ${row.key}`);
      }
      found.objects.push({
        key: row.key,
        bytes: row.size,
        sha256: () => {
          const hash = createHash('sha256');
          for (const { blob_id: id } of parts) hash.update(readFileSync(path.join(blobs, id)));
          return hash.digest('hex');
        },
      });
    }
    const open = db.prepare('select key from _mf_multipart_uploads where state = 0').all() as { key: string }[];
    found.unfinished.push(...open.map(({ key }) => key));
    db.close();
  }
  return found;
}

/** What the objects of resumable uploads keep in the local state of a platform: rows in each. */
export function storedUploads(dataDir: string): { file: string; rows: number }[] {
  const folder = path.join(dataDir, 'state/v3/do/momentique-uploads-ResumableUpload');
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((file) => {
      const db = new DatabaseSync(path.join(folder, file), { readOnly: true });
      const tables = db
        .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite%'`)
        .all();
      const rows = (tables as { name: string }[]).map(
        ({ name }) => (db.prepare(`select count(*) as n from "${name}"`).get() as { n: number }).n,
      );
      db.close();
      return { file, rows: rows.reduce((sum, n) => sum + n, 0) };
    });
}
