// Imported first by every entry point: better-sqlite3 ends the process without a word on an older Node.
const major = Number(process.versions.node.split('.')[0])
if (major < 22) {
  process.stderr.write(
    `Track This Case needs Node 22 or newer and found ${process.versions.node}. `
    + 'Start it with "npm start" or "npm run ttc -- …": they bring the right Node with them.\n',
  )
  process.exit(1)
}
export {}
