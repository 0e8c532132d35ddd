// Draws the files named on standard input, one a line, with resvg-js, and prints a line for each that fails.
const { Resvg } = require(process.argv[2])
const fs = require('fs')
let drawn = 0, failed = 0, slowest = 0
for (const name of fs.readFileSync(0, 'utf8').split('\n')) {
  if (!name) continue
  const start = Date.now()
  try {
    new Resvg(fs.readFileSync(name, 'utf8'), { fitTo: { mode: 'width', value: 200 }, font: { loadSystemFonts: false } }).render()
    drawn++
  } catch (e) {
    failed++
  }
  slowest = Math.max(slowest, Date.now() - start)
}
console.log(`resvg: ${drawn} drawn, ${failed} with an error of the program's own; slowest ${slowest} ms, most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
