import '../node-version.ts'
import '../choose-engine.ts'
import { defineCommand, runMain } from 'citty'

// Whoever reads what we print may have read enough (`ttc courts | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

// The `ttc` command (contract.md section 6). Each command stands in a file of its own and is loaded when it is asked for.
await runMain(defineCommand({
  meta: { name: 'ttc', description: 'Runs and looks after Track This Case.' },
  subCommands: {
    import: () => import('./commands/import.ts').then((one) => one.importCommand),
    digest: () => import('./commands/digest.ts').then((one) => one.digestCommand),
    deliver: () => import('./commands/deliver.ts').then((one) => one.deliverCommand),
    worker: () => import('./commands/worker.ts').then((one) => one.workerCommand),
    outbox: () => import('./commands/outbox.ts').then((one) => one.outboxCommand),
    runs: () => import('./commands/runs.ts').then((one) => one.runsCommand),
    suppressed: () => import('./commands/suppressed.ts').then((one) => one.suppressedCommand),
    consent: () => import('./commands/consent.ts').then((one) => one.consentCommand),
    'feed-lag': () => import('./commands/feed-lag.ts').then((one) => one.feedLagCommand),
    jobs: () => import('./commands/jobs.ts').then((one) => one.jobsCommand),
    retry: () => import('./commands/retry.ts').then((one) => one.retryCommand),
    drop: () => import('./commands/drop.ts').then((one) => one.dropCommand),
    backup: () => import('./commands/backup.ts').then((one) => one.backupCommand),
    restore: () => import('./commands/restore.ts').then((one) => one.restoreCommand),
    restored: () => import('./commands/restored.ts').then((one) => one.restoredCommand),
    check: () => import('./commands/check.ts').then((one) => one.checkCommand),
    purge: () => import('./commands/purge.ts').then((one) => one.purgeCommand),
    courts: () => import('./commands/courts.ts').then((one) => one.courtsCommand),
    outage: () => import('./commands/outage.ts').then((one) => one.outageCommand),
    account: () => import('./commands/account.ts').then((one) => one.accountCommand),
    operator: () => import('./commands/operator.ts').then((one) => one.operatorCommand),
    move: () => import('./commands/move.ts').then((one) => one.moveCommand),
    demo: () => import('./commands/demo.ts').then((one) => one.demoCommand),
    setup: () => import('./commands/setup.ts').then((one) => one.setupCommand),
  },
}))
