// Starts the service as `npm start` does, and passes on of its log only what does not say that all goes well.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const service = spawn(process.execPath, ['server/boot/start.mjs'], { stdio: ['ignore', 'ignore', 'pipe'] })
createInterface({ input: service.stderr }).on('line', (line) => {
  if (!line.includes('"level":30,')) process.stderr.write(`${line}\n`)
})
// This process goes last.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal))
service.on('close', (code) => process.exit(code ?? 1))
