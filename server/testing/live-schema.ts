import Sqlite from 'better-sqlite3'
import type pg from 'pg'

// What a database says of its own tables, in words that both engines share: of a whole number, a truth and an instant SQLite
// says "integer"; JSON is text to it. Expressions are in one spelling, without the parentheses that each sets as it likes.

export interface LiveColumn {
  readonly kind: string
  readonly isRequired: boolean
  readonly default: string | null
  /** Its numbers are given by the database, never twice. */
  readonly isNumbered: boolean
}
export interface LiveIndex {
  readonly columns: readonly string[]
  readonly isUnique: boolean
  readonly where: string | null
}
export interface LiveTable {
  readonly columns: Readonly<Record<string, LiveColumn>>
  readonly primaryKey: readonly string[]
  readonly indexes: Readonly<Record<string, LiveIndex>>
  readonly checks: Readonly<Record<string, string>>
  /** `column → table.column, on delete …, on update …`, sorted. */
  readonly foreignKeys: readonly string[]
}
export type LiveSchema = Readonly<Record<string, LiveTable>>

const foreignKey = (columns: readonly string[], table: string, targets: readonly string[], onDelete: string, onUpdate: string): string =>
  `${columns.join(', ')} → ${table}.${targets.join(', ')}, on delete ${onDelete.toLowerCase()}, on update ${onUpdate.toLowerCase()}`

/** An expression as both engines would say it. */
function spelled(expression: string): string {
  const words = expression.match(/'(?:[^']|'')*'|"[^"]+"\."[^"]+"|"[^"]+"|::\s*\w+|[A-Za-z_]\w*(?:\.\w+)?|\d+|<>|<=|>=|\|\||[^\s()[\]]/g) ?? []
  return words
    .filter((word) => !word.startsWith('::'))
    .map((word) => (word.startsWith(`'`) ? word : (word.split('.').at(-1) ?? word).replaceAll('"', '').toLowerCase()))
    .join(' ')
    .replaceAll('= any array', 'in')
    .replaceAll('<> all array', 'not in')
}

/** The schema of a SQLite file. */
export function readSqliteSchema(file: string): LiveSchema {
  const connection = new Sqlite(file, { readonly: true })
  const rows = <Row>(text: string, ...values: unknown[]): Row[] => connection.prepare<unknown[], Row>(text).all(...values)
  try {
    const tables = rows<{ name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '__drizzle_migrations' order by name`)
    return Object.fromEntries(tables.map(({ name, sql }) => {
      const columns = rows<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(`select * from pragma_table_xinfo(?)`, name)
      const primaryKey = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name)
      const isNumbered = /\bautoincrement\b/i.test(sql)
      const keys = Map.groupBy(
        rows<{ id: number; table: string; from: string; to: string; on_update: string; on_delete: string }>(`select * from pragma_foreign_key_list(?) order by id, seq`, name),
        ({ id }) => id,
      )
      return [name, {
        columns: Object.fromEntries(columns.map((column) => [column.name, {
          kind: column.type.toLowerCase(), isRequired: column.notnull === 1, default: column.dflt_value === null ? null : spelled(column.dflt_value),
          isNumbered: isNumbered && column.pk > 0,
        }])),
        primaryKey,
        indexes: Object.fromEntries(rows<{ name: string; unique: number }>(`select * from pragma_index_list(?) where origin <> 'pk'`, name).map((index) => {
          const keyed = rows<{ name: string; desc: number }>('select * from pragma_index_xinfo(?) where key = 1 order by seqno', index.name)
          const [made] = rows<{ sql: string | null }>('select sql from sqlite_schema where name = ?', index.name)
          const where = /\swhere\s(.*)$/is.exec(made?.sql ?? '')?.[1]
          return [index.name, {
            columns: keyed.map((one) => (one.desc === 1 ? `${one.name} desc` : one.name)), isUnique: index.unique === 1,
            where: where === undefined ? null : spelled(where),
          }]
        })),
        checks: checksIn(sql),
        foreignKeys: [...keys.values()].map((parts) => foreignKey(
          parts.map((part) => part.from), parts[0]?.table ?? '', parts.map((part) => part.to), parts[0]?.on_delete ?? '', parts[0]?.on_update ?? '',
        )).sort(),
      }]
    }))
  } finally {
    connection.close()
  }
}

/** The named checks in the statement that made a table. */
function checksIn(statement: string): Record<string, string> {
  const checks: Record<string, string> = {}
  for (const found of statement.matchAll(/constraint\s+"?(\w+)"?\s+check\s*\(/gi)) {
    const begin = found.index + found[0].length
    let at = begin
    for (let depth = 1; depth > 0 && at < statement.length; at++) depth += statement[at] === '(' ? 1 : statement[at] === ')' ? -1 : 0
    checks[found[1] ?? ''] = spelled(statement.slice(begin, at - 1))
  }
  return checks
}

const kindOnPostgres = (type: string, collation: string | null): string =>
  type === 'text' && collation !== 'C' ? `text by the order of ${String(collation)}`
  : ({ bigint: 'integer', boolean: 'integer', 'timestamp(3) with time zone': 'integer', text: 'text', json: 'text' })[type] ?? `${type} of Postgres`

const actions: Readonly<Record<string, string>> = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' }

/** The schema of a Postgres database: what stands in `public`, as this connection sees it. */
export async function readPostgresSchema(client: pg.Client): Promise<LiveSchema> {
  const rows = async <Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]> => (await client.query<Row>(text, values)).rows
  const namesOf = (numbers: string, relation: string): string =>
    `array(select attname::text from unnest(${numbers}) with ordinality as k(n, at) join pg_attribute on attrelid = ${relation} and attnum = n order by at)`
  const schema: Record<string, LiveTable> = {}
  for (const { oid, name } of await rows<{ oid: number; name: string }>(
    `select oid, relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname collate "C"`)) {
    const columns = await rows<{ name: string; type: string; collation: string | null; required: boolean; default: string | null; identity: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type, collname as collation, attnotnull as required,
         pg_get_expr(adbin, adrelid) as default, attidentity as identity
       from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum left join pg_collation c on c.oid = attcollation
       where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`, oid)
    const indexes = await rows<{ name: string; columns: string[]; unique: boolean; primary: boolean; where: string | null }>(
      `select relname as name, indisunique as unique, indisprimary as primary, pg_get_expr(indpred, indrelid) as where,
         array(select pg_get_indexdef(indexrelid, n, true) || case when indoption[n - 1] & 1 = 1 then ' desc' else '' end
           from generate_series(1, indnkeyatts) as n) as columns
       from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = $1`, oid)
    const constraints = await rows<{ kind: string; name: string; check: string | null; columns: string[]; table: string; targets: string[]; ondelete: string; onupdate: string }>(
      `select contype as kind, conname as name, pg_get_expr(conbin, conrelid) as check, ${namesOf('conkey', 'conrelid')} as columns,
         confrelid::regclass::text as table, ${namesOf('confkey', 'confrelid')} as targets, confdeltype as ondelete, confupdtype as onupdate
       from pg_constraint where conrelid = $1 and contype in ('c', 'f', 'u')`, oid)
    schema[name] = {
      columns: Object.fromEntries(columns.map((column) => [column.name, {
        kind: kindOnPostgres(column.type, column.collation), isRequired: column.required,
        default: column.default === null ? null : spelled(column.default), isNumbered: column.identity !== '',
      }])),
      primaryKey: indexes.find((index) => index.primary)?.columns ?? [],
      indexes: Object.fromEntries(indexes.filter((index) => !index.primary).map((index) => [index.name, {
        columns: index.columns, isUnique: index.unique, where: index.where === null ? null : spelled(index.where),
      }])),
      checks: Object.fromEntries(constraints.filter(({ kind }) => kind === 'c').map((one) => [one.name, spelled(one.check ?? '')])),
      foreignKeys: constraints.filter(({ kind }) => kind === 'f').map((one) =>
        foreignKey(one.columns, one.table, one.targets, actions[one.ondelete] ?? '', actions[one.onupdate] ?? '')).sort(),
    }
  }
  return schema
}
