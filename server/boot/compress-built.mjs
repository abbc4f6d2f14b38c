// Compresses what the build made for browsers, once and as far as it goes. server/built-files.ts sends it.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const isCompressed = /\.(js|css)$/

/** Leaves `a.js.br` and `a.js.gz` beside each `a.js` below this folder, and of each style sheet. */
export function compressBuilt(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!isCompressed.test(name)) continue
    const file = join(folder, name)
    const content = readFileSync(file)
    writeWhole(`${file}.br`, brotliCompressSync(content))
    writeWhole(`${file}.gz`, gzipSync(content, { level: 9 }))
  }
}

// There is none, or all of it: a build may be ended at any time.
function writeWhole(file, content) {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}
