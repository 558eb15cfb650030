import { describe, expect, it } from 'vitest';
import { readOutputLine } from './request-lines.ts';
import { bundledConfig, localConfig } from './worker-configs.ts';

describe('a line of the Workers', () => {
  it('becomes one line a request, whoever printed it', () => {
    const line =
      '[momentique] {"at":"request","method":"GET","host":"acme.localhost:1","path":"/e/x","status":200,"ms":3}';
    expect(readOutputLine(line)).toEqual({ kind: 'request', text: 'GET acme.localhost:1/e/x 200 3 ms' });
    expect(readOutputLine('[wrangler:info] GET /e/x 200 OK (3ms)')).toMatchObject({ kind: 'detail' });
  });

  it('never shows the beginning of a secret', () => {
    expect(readOutputLine('env.STAFF_JWT_SECRET ("c9e0336fa6...")      Environment Variable      local')).toBeNull();
  });

  it('stands out when it is an error', () => {
    expect(readOutputLine('✘ [ERROR] Build failed')).toMatchObject({ kind: 'problem' });
    expect(readOutputLine('[momentique-courier] {"at":"cron","error":"DatabaseUnavailable"}')).toMatchObject({
      kind: 'problem',
    });
  });
});

describe('a Worker’s local configuration', () => {
  it('has absolute paths, this machine’s variables, and neither secrets nor jurisdictions', () => {
    const config = {
      name: 'w',
      main: 'index.ts',
      vars: { A: '1', B: '2' },
      secrets: { required: ['S'] },
      assets: { directory: 'public', binding: 'ASSETS' },
      r2_buckets: [{ binding: 'O', bucket_name: 'o', jurisdiction: 'eu' }],
    };
    expect(localConfig(config, '/home/x', { B: '3', S: 's' })).toEqual({
      name: 'w',
      main: '/home/x/index.ts',
      vars: { A: '1', B: '3', S: 's' },
      assets: { directory: '/home/x/public', binding: 'ASSETS' },
      r2_buckets: [{ binding: 'O', bucket_name: 'o' }],
    });
  });

  it('names the bundle where there is one, and keeps all else', () => {
    const config = { name: 'w', main: '/home/x/index.ts', tsconfig: '/home/x/tsconfig.json', vars: { A: '1' } };
    expect(bundledConfig(config, '/built')).toEqual({
      name: 'w',
      main: '/built/w/index.js',
      no_bundle: true,
      vars: { A: '1' },
    });
  });
});
