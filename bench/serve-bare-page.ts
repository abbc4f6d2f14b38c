// A page that does nothing, made anew for each reader by the same Next on the same kind of server: node serve-bare-page.ts <folder>.
import next from 'next'
import { createServer } from 'node:http'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('It was not told which folder.')
const app = next({ dev: false, dir: folder, port: 0, hostname: 'localhost' })
const handle = app.getRequestHandler()
await app.prepare()
const server = createServer((request, response) => {
  handle(request, response).catch(() => response.destroy())
})
server.listen(0, 'localhost', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.send?.({ kind: 'listening', port: address.port })
})
process.on('disconnect', () => process.exit(0))
