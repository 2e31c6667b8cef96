import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {weighImport} from '../tools/weigh.mjs';

describe('what an import weighs', () => {
  it('is told apart from what comes later, wherever the package lies', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ws-chat-weigh-'));
    const dist = join(folder, 'bundled', 'dist');
    try {
      mkdirSync(dist, {recursive: true});
      writeFileSync(join(dist, 'now.js'), "export const open = () => import('./later.js');");
      writeFileSync(join(dist, 'later.js'), 'export const later = Math.random();');
      const {raw, start, later} = await weighImport(dist, ['now.js']);
      assert.ok(raw > 0 && start > 0 && later > 0, `${raw}, ${start}, ${later}`);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
