import { defineCommand } from 'citty'
import { engineOf, sqliteFileOf } from '../../../db/engine.ts'
import type { ComparedTable, CopyStep, OnProgress } from '../../../db/move/copy-rows.ts'
import { moveHouse } from '../../../db/move/move-house.ts'
import { loadEnv } from '../../env.ts'
import { showProgress, type Progress } from '../progress.ts'
import { print, printJson } from '../with-runtime.ts'

/** `ttc move --to postgres://…`: moves everything from the SQLite database to an empty Postgres database and compares both. */
export const moveCommand = defineCommand({
  meta: { name: 'move', description: 'Moves everything from SQLite to Postgres; interrupted, it is run again and goes on.' },
  args: {
    to: { type: 'string', required: true, description: 'postgres://… of an empty database' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  async run({ args }) {
    const progress = showSteps()
    try {
      const { databaseUrl } = loadEnv()
      if (engineOf(databaseUrl) === 'postgres') throw new Error('DATABASE_URL names Postgres already: a move goes from the SQLite database that it names.')
      if (engineOf(args.to) !== 'postgres') throw new Error('--to must be postgres://… with the address of an empty Postgres database.')
      const began = performance.now()
      const { isFinished, tables } = await moveHouse({
        file: sqliteFileOf(databaseUrl),
        url: args.to,
        onProgress: progress.to,
      })
      progress.end()
      const seconds = (performance.now() - began) / 1000
      if (args.json) printJson({ isFinished, seconds: Math.round(seconds * 10) / 10, tables })
      else for (const line of linesOf(tables)) print(line)
      if (!isFinished) throw new Error('The move is not finished: the two databases differ, and the service goes on with the old one. Run this again.')
      if (!args.json) print(`Everything is there and the same on both sides. It took ${seconds.toFixed(1)} s. Now set DATABASE_URL to the new address and start the service.`)
    } catch (error) {
      progress.end()
      process.exitCode = 1
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  },
})

const stepNames: Record<CopyStep, string> = {
  checking: 'Looking at what is there', clearing: 'Taking away what changed', copying: 'Copying', comparing: 'Comparing',
}

/** A progress bar for each step. */
function showSteps(): { readonly to: OnProgress; readonly end: () => void } {
  let bar: { readonly step: CopyStep; readonly progress: Progress } | undefined
  const end = (): void => {
    bar?.progress.end()
    bar = undefined
  }
  return {
    to(step, done, total) {
      if (bar?.step !== step) {
        end()
        bar = { step, progress: showProgress(stepNames[step], total, 'rows') }
      }
      bar.progress.to(done)
    },
    end,
  }
}

/** One line a table, and their sum. */
function linesOf(tables: readonly ComparedTable[]): string[] {
  const number = (value: number): string => value.toLocaleString('en-US')
  const rows = [
    ['table', 'rows here', 'rows there', 'checksum here', 'checksum there', '', 'copied now', 'removed now'],
    ...tables.map(({ table, source, target, isSame, copied, removed }) => [
      table, number(source.rows), number(target.rows), source.checksum.slice(0, 12), target.checksum.slice(0, 12), isSame ? 'same' : 'DIFFERENT',
      number(copied), number(removed),
    ]),
    ['all', number(sum(tables, (one) => one.source.rows)), number(sum(tables, (one) => one.target.rows)), '', '', '',
      number(sum(tables, (one) => one.copied)), number(sum(tables, (one) => one.removed))],
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const isNumber = (column: number): boolean => [1, 2, 6, 7].includes(column)
  return rows.map((row) => row.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd())
}

const sum = (tables: readonly ComparedTable[], value: (table: ComparedTable) => number): number => tables.reduce((total, table) => total + value(table), 0)
