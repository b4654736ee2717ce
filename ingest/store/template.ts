/**
 * The one difference between a single ClickHouse and a cluster: where tables are made. On a cluster each node
 * keeps a replicated `<table>_local`, and `<table>` spreads over them by subject, so that all of a unit's rows,
 * and so FINAL and GROUP BY unit, stay on one shard. Queries name `<table>` either way. A change of columns is made twice
 * there: `respread` says it of the table that spreads.
 */
export function fillTemplate(sql: string, cluster: string | undefined): string {
  if (cluster !== undefined && !/^\w+$/.test(cluster)) throw new TypeError(`not a cluster name: ${cluster}`);
  return sql
    .replaceAll(/\{\{table (\w+)\}\}/g, (_, name: string) => ownTable(name, cluster))
    .replaceAll('{{ReplacingMergeTree}}', `${cluster ? 'Replicated' : ''}ReplacingMergeTree`)
    .replaceAll(/\{\{spread (\w+) by (.+)\}\}/g, (_, name: string, key: string) =>
      cluster
        ? `CREATE TABLE IF NOT EXISTS ${name} ON CLUSTER ${cluster} AS ${name}_local
           ENGINE = Distributed(${cluster}, currentDatabase(), ${name}_local, ${key});`
        : '',
    )
    .replaceAll(/\{\{respread (\w+): (.+)\}\}/g, (_, name: string, change: string) =>
      cluster ? `ALTER TABLE ${name} ON CLUSTER ${cluster} ${change};` : '',
    );
}

/** The name by which a statement that changes tables (CREATE, ALTER, TRUNCATE) reaches the table's own rows. */
export const ownTable = (name: string, cluster: string | undefined): string =>
  cluster ? `${name}_local ON CLUSTER ${cluster}` : name;
