import { describe, expect, it } from 'vitest';
import { renderEnvExample, renderVariableTable, withVariableTable } from './config-docs.ts';

const rows = [
  { name: 'TOKEN', doc: 'signs | seals', secret: true, fallback: undefined, local: undefined },
  { name: 'SENDER', doc: 'sender', secret: false, fallback: 'A <a@b>', local: undefined },
];

describe('documentation of the configuration', () => {
  it('leaves required variables open and shows defaults as comments', () => {
    const text = renderEnvExample(rows);
    expect(text).toContain('# signs | seals (required, secret)\nTOKEN=\n');
    expect(text).toContain('# SENDER="A <a@b>"\n');
  });

  it('makes a table whose cells do not break at a bar', () => {
    expect(renderVariableTable(rows)).toContain('| `TOKEN`  | **required** | yes    | signs \\| seals |');
  });

  it('touches only what stands between the markers', () => {
    const readme = 'a\n<!-- variables:start -->\nold\n<!-- variables:end -->\nb\n';
    expect(withVariableTable(readme, 'new')).toBe('a\n<!-- variables:start -->\n\nnew\n\n<!-- variables:end -->\nb\n');
    expect(withVariableTable('no markers', 'new')).toBeNull();
  });
});
