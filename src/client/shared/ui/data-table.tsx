import type { ComponentChildren } from 'preact';

export interface Column<R> {
  key: string;
  label: string;
  render?: (row: R) => ComponentChildren;
  align?: 'start' | 'end';
  /** said, not shown: for a column of buttons */
  isLabelHidden?: boolean;
}

export interface DataTableProps<R> {
  caption: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  /** what stands here when there are no rows */
  empty: ComponentChildren;
}

/** Rows of the same kind; on a phone each becomes a card that names its values. The first column names the row. */
export function DataTable<R>({ caption, columns, rows, rowKey, empty }: DataTableProps<R>) {
  if (rows.length === 0) return <>{empty}</>;
  const cell = (column: Column<R>, row: R) =>
    column.render ? column.render(row) : String((row as Record<string, unknown>)[column.key] ?? '');
  // Roles are named because a table that is laid out as blocks is none to some screen readers.
  return (
    <table class="data" role="table">
      <caption class="said">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              role="columnheader"
              class={column.align === 'end' ? 'data-end' : undefined}
            >
              <span class={column.isLabelHidden ? 'said' : undefined}>{column.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column, place) => {
              const look = column.align === 'end' ? 'data-end' : undefined;
              const label = column.isLabelHidden ? undefined : column.label;
              return place === 0 ? (
                <th key={column.key} scope="row" role="rowheader" class={look}>
                  {cell(column, row)}
                </th>
              ) : (
                <td key={column.key} role="cell" class={look} data-label={label}>
                  {cell(column, row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
