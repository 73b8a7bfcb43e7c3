import { expect, test } from 'vitest'
import { Line } from './line.ts'

/** Keeps the loop busy for so long. */
function work(ms: number) {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test('all are served, each once, in the order in which they came, also who comes while others are served', async () => {
  const line = new Line()
  const served: number[] = []
  await new Promise<void>(resolve => {
    for (let i = 0; i < 200; i++)
      line.stand(() => {
        served.push(i)
        if (i === 100) line.stand(() => resolve())
      })
  })
  expect(served).toEqual(Array.from({ length: 200 }, (_, i) => i))
})

test('between two turns the loop does what else there is to do', async () => {
  const line = new Line()
  let served = 0
  let between = 0
  const look = setInterval(() => {
    if (served > 0 && served < 40) between++
  }, 0)
  await new Promise<void>(resolve => {
    for (let i = 0; i < 40; i++)
      line.stand(() => {
        work(1)
        served++
        if (served === 40) resolve()
      })
  })
  clearInterval(look)
  expect(between).toBeGreaterThan(10)
})
