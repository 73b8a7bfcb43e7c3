import { expect, test } from 'vitest'
import { plainDrawing, readDrawings, withChange, writeDrawings } from './drawing'

test('settings survive the address, whatever the key', () => {
  const drawings = {
    '': { smoothing: 'median', width: 51, behind: 'band' },
    'a~b!c*d%/é': { xKey: 'ep~och!*', x: 'value', low: -1.5e-7, trim: true },
  } as const
  expect(readDrawings(writeDrawings(drawings))).toEqual(drawings)
})

test('an address that is not ours sets nothing', () => {
  expect(readDrawings('loss~width!x~curve!zigzag~__proto__!1~toString!1~trim!true*~nothing')).toEqual({
    loss: { trim: true },
  })
})

test('a setting that is set back is let go, so that the address grows short again', () => {
  const once = withChange({}, 'loss', { trim: true, width: 5 }, plainDrawing)
  expect(once).toEqual({ loss: { trim: true, width: 5 } })
  expect(withChange(once, 'loss', { trim: false }, plainDrawing)).toEqual({ loss: { width: 5 } })
  expect(
    withChange(withChange(once, 'loss', { trim: false }, plainDrawing), 'loss', { width: 21 }, plainDrawing),
  ).toEqual({})
})
