import { type Kept, newest } from './results.ts'
import { type Figure, shortfall } from './row.ts'

/** A number as a person reads it: three digits, and groups of three. */
export function shown(value: number): string {
  if (value === 0 || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** The figures of one row for the terminal. */
export function lines(figures: Figure[]): string[] {
  return figures.map(figure => {
    const ours = figure.value === null ? `not measured: ${figure.why}` : `${shown(figure.value)} ${figure.unit}`
    const short = shortfall(figure)
    const asked = [...askedOf(figure), ...(short ? [short.toUpperCase()] : [])].map(each => ` · ${each}`).join('')
    return `  ${figure.what.padEnd(58)} ${ours}${asked}${peersOf(figure, ' · ')}`
  })
}

const askedOf = ({ limit, goal }: Figure) => [
  ...(limit === undefined ? [] : [`limit ${shown(limit)}`]),
  ...(goal === undefined ? [] : [`goal ${shown(goal)}`]),
]

const peersOf = ({ peers = {} }: Figure, before: string) =>
  Object.entries(peers)
    .map(([name, value]) => `${before}${name} ${value === null ? '–' : shown(value)}`)
    .join('')

/** bench/results/README.md: every figure beside its peers', and whatever is beyond its limit or misses its goal by name. */
export function table(plots: string[]): string {
  const kept = newest()
  return [
    '# Measured',
    '',
    'Written by `npm run bench` from the JSON files beside it; change nothing here by hand. Of each row the newest full run, or the newest quick one.',
    'Peers ran in the same run, in turns with Trackside. A load above the number of cores means a busy machine: its times are pessimistic.',
    '',
    ...kept.flatMap(section),
    '## Beyond their limits',
    '',
    ...named(kept, 'beyond its limit'),
    '',
    '## Goals missed',
    '',
    ...named(kept, 'goal missed'),
    '',
    ...(plots.length ? ['## How it grows', '', ...plots.map(name => `![${name}](${name})`), ''] : []),
  ].join('\n')
}

function section({ result, outcome }: Kept): string[] {
  const { cpu, cores } = result.machine
  const absent = Object.entries(result.peers).flatMap(([name, peer]) =>
    'reason' in peer ? [`${name} (${peer.reason})`] : [],
  )
  const versions = Object.entries(result.peers).flatMap(([name, peer]) =>
    'version' in peer ? [`${name} ${peer.version}`] : [],
  )
  return [
    `## ${outcome.id} · ${outcome.title}`,
    '',
    `${result.date.slice(0, 10)}, ${result.commit}, ${result.size} size, ${outcome.seconds} s, ${cpu} × ${cores}, load ${outcome.load}`,
    ...(versions.length ? ['', `Peers: ${versions.join(', ')}.`] : []),
    ...(absent.length ? ['', `Not installed: ${absent.join(', ')}.`] : []),
    '',
    '| what | Trackside | limit | goal | floor of the machine | peers | note |',
    '|---|---|---|---|---|---|---|',
    ...(outcome.figures ?? []).map(cells),
    '',
  ]
}

function cells(figure: Figure): string {
  const { value, unit, limit, goal, floor, better } = figure
  const bound = (asked: number | undefined) =>
    asked === undefined ? '' : `${better === 'higher' ? '≥' : '≤'} ${shown(asked)}`
  const short = shortfall(figure)
  const ours = value === null ? 'not measured' : `${shown(value)} ${unit}`
  const row = [
    figure.what,
    short ? `**${ours}** (${short})` : ours,
    bound(limit),
    bound(goal),
    floor === undefined ? '' : shown(floor),
    peersOf(figure, ', ').slice(2),
    [figure.why, figure.note].filter(Boolean).join('; '),
  ]
  return `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function named(kept: Kept[], how: ReturnType<typeof shortfall>): string[] {
  const found = kept.flatMap(({ outcome }) =>
    (outcome.figures ?? [])
      .filter(figure => shortfall(figure) === how)
      .map(figure => {
        const value = `${shown(figure.value ?? 0)} ${figure.unit}`
        return `- ${outcome.id}, ${[figure.what, value, ...askedOf(figure)].join(', ')}${figure.note ? `: ${figure.note}` : ''}`
      }),
  )
  return found.length ? found : ['None.']
}
