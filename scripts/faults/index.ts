// `npm run faults`: kills at full size. `npm run faults -- database 5` does one of them, so many times.
import { killAndVerify, type Victim } from './kills.ts'
import { sdks } from './sdks.ts'

type Sdk = keyof typeof sdks
const victims: (Victim | Sdk)[] = ['server', 'database', 'typescript', 'python']
const [asked, count] = process.argv.slice(2)
const wanted = asked === undefined ? victims : victims.filter(victim => victim === asked)
if (wanted.length === 0) {
  console.error(`Say one of: ${victims.join(', ')}`)
  process.exit(1)
}
for (const victim of wanted) {
  if (victim in sdks) {
    if (!(await sdks[victim as Sdk](Number(count ?? 20)))) process.exitCode = 1
    continue
  }
  const result = await killAndVerify(victim as Victim, Number(count ?? 20))
  const { kills, points, pointsPerSecond, resent, unheard, busy } = result
  const moments = Object.entries(kills).map(([moment, times]) => `${times} × ${moment}`)
  console.log(
    `${victim}: kill -9 ${moments.join(', ')}; ${points} points at ${pointsPerSecond}/s, each stored once; sent again after ${resent} reconnects, kept but unheard of at ${unheard}, ${busy} frames told to wait`,
  )
}
