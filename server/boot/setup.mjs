import { failWith, say } from './environment.mjs'
import { buildPages, installDependencies, prepareDatabase, writeEnvFile } from './prepare.mjs'

try {
  await installDependencies()
  writeEnvFile()
  await prepareDatabase()
  await buildPages()
  say('Set up. "npm start" runs the service.')
} catch (error) {
  failWith(error)
}
