import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packWhole, unpackWhole } from './axis.ts'
import { readStats, statsOf, writeStats } from './chunk-stats.ts'
import { bytesOf, CODING, packValues, unpackValues } from './codings.ts'
import { levelOf, packPyramid, roomFor, unpackPyramid } from './pyramid.ts'

const bits = (values: Float64Array) => bytesOf(values).toString('hex')
const roundTrip = (values: Float64Array) => {
  const { coding, body } = packValues(values)
  expect(bits(unpackValues(coding, body, values.length))).toBe(bits(values))
  return { coding, bytes: body.length / values.length }
}
const column = (n: number, make: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => make(i))

describe('values of a chunk', () => {
  test('come back bit for bit, whatever they are', () => {
    const value = fc.oneof(
      fc.double(),
      fc.float(),
      fc.integer(),
      fc.integer({ min: -9999, max: 9999 }).map(k => k / 1000),
      fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, Number.MAX_VALUE),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), items => {
        roundTrip(Float64Array.from(items))
      }),
      { numRuns: 300 },
    )
  })

  test('a NaN that carries other bits keeps them', () => {
    const odd = new Float64Array(
      new BigUint64Array([0x7ff8000000000001n, 0xfff8000000000000n, 0x7ff0000000000001n]).buffer,
    )
    expect(roundTrip(odd).coding).toBe(CODING.float64)
  })

  test('each kind takes the coding that is small for it', () => {
    let seed = 1
    const noise = () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    }
    expect(roundTrip(column(4096, () => 3)).coding).toBe(CODING.constant)
    expect(roundTrip(column(4096, i => i)).coding).toBe(CODING.affine)
    expect(roundTrip(column(4096, () => Math.round(noise() * 1e4) / 1e4))).toMatchObject({ coding: CODING.decimal })
    const loss = roundTrip(column(4096, i => Math.fround(Math.exp(-i / 2000) + 0.1 * noise())))
    expect(loss.coding).toBe(CODING.float32)
    expect(loss.bytes).toBeLessThan(3.15)
    expect(roundTrip(column(4096, () => noise())).coding).toBe(CODING.float64)
    const rate = roundTrip(column(4096, i => 1e-3 * 0.5 * (1 + Math.cos((Math.PI * i) / 10_000))))
    expect(rate.coding).toBe(CODING.smooth)
    expect(rate.bytes).toBeLessThan(2.5)
    let seen = 0
    const tokens = roundTrip(column(4096, () => (seen += 8000 + Math.floor(100 * noise()))))
    expect(tokens.coding).toBe(CODING.decimalDelta)
    expect(tokens.bytes).toBeLessThan(1.5)
  })

  test('what follows a smooth curve comes back bit for bit, whatever jumps it makes', () => {
    const smooth = fc.record({
      a: fc.double(),
      b: fc.float({ noNaN: true }),
      jumps: fc.array(fc.double(), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(smooth, fc.integer({ min: 3, max: 600 }), ({ a, b, jumps }, n) => {
        roundTrip(column(n, i => (i % 97 === 96 ? (jumps[i % 4] ?? Number.NaN) : a + Math.sin(i / 1000) * b)))
      }),
      { numRuns: 200 },
    )
  })
})

test('steps and times come back, far ones too', () => {
  const far = Number.MAX_SAFE_INTEGER
  const whole = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(far, -far))
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1, maxLength: 200 }), items => {
      expect([...unpackWhole(packWhole(Float64Array.from(items)), items.length)]).toEqual(items)
    }),
  )
})

test('statistics and pyramid name the extremes, and what is not finite poisons nothing', () => {
  const values = column(5000, i => (i % 7 === 0 ? Number.NaN : Math.fround(Math.sin(i) * i)))
  const stats = statsOf(values)
  expect(readStats(writeStats(stats))).toEqual(stats)
  const finite = [...values].filter(Number.isFinite)
  expect(stats.min).toBe(Math.min(...finite))
  expect(values[stats.maxAt]).toBe(Math.max(...finite))
  expect(stats.nonFinite).toBe(values.length - finite.length)
  const pyramid = packPyramid(values) as Buffer
  for (const size of [64, 512]) expect(unpackPyramid(pyramid, values.length, size)).toEqual(levelOf(values, size))
  expect(unpackPyramid(pyramid, values.length, 4096)).toBeUndefined()
  expect(packPyramid(values.subarray(0, 64))).toBeNull()
})

test('levels of any size are read into one room, one after the other', () => {
  const values = column(4096, i => Math.sin(i / 40) + (i % 331 === 330 ? 9 : 0))
  const body = packPyramid(values) as Buffer
  const room = roomFor(64, 64)
  for (const size of [64, 512, 64]) {
    const { min, max, minAt, maxAt } = levelOf(values, size)
    const read = unpackPyramid(body, values.length, size, room)
    const b = values.length / size
    for (const [shown, expected] of [
      [read?.min, min],
      [read?.max, max],
      [read?.minAt, minAt],
      [read?.maxAt, maxAt],
    ])
      expect(shown?.subarray(0, b)).toEqual(expected)
  }
})

test('a pyramid of version 1 is still read', () => {
  const values = column(600, i => (i % 70 < 66 && i >= 64 && i < 140 ? Number.NaN : Math.sin(i) * i))
  const narrow = values.map(Math.fround)
  for (const size of [64, 512])
    expect(unpackPyramid(Buffer.from(narrowOfVersion1, 'base64'), 600, size)).toEqual(levelOf(narrow, size))
  for (const size of [64, 512])
    expect(unpackPyramid(Buffer.from(wideOfVersion1, 'base64'), 600, size)).toEqual(levelOf(values, size))
})

const narrowOfVersion1 =
  'AQGb2jDptMaErL1xxbttKhYaHHk6t0E4u8SqaN626z95hA8dOgwGR45svPt1n2vni2xRzgjfKRvc/2tPa7mX9sC2esa2Gz94BZ32O4OBiwsDA8' +
  'MdyTrRfTPaGRgYvM8w3ci8pc5w4EBHPWfdFaX/DPX1QBOdnZ0On2Pwsde4xXz9usdGBkdFg1pzr6QyjQOPGeedX/fQm9Gx3unw4UPOzodA5iGD' +
  'BhDngQMDA8NiEPN+1ZoLntcn1iZsiF46xy/srk7bBr5NjKavz8i5NbyK8UwI9CvJKG7wdDpwwOEAEDs4ONgysDBYM1gx2DMYMhgwmDKYMPAyWD' +
  'EwMdgx2DLYMOgxGDMYMZgzcDE4MLAwWDA4IEEJhr3Fc4V/Ch8+ks057d4PQWcXhhkMtxiUGJyue3iVPWR0Brq1gUGF4W7HsngP5cQwB4evjL4M' +
  'nxi9GPYwRjAAAA=='
const wideOfVersion1 =
  'AQDjnvxr/hPWH5tOb3X4+MO2/tak25Metaq0+3Pyfbq6U30Sk3sS8zf3GacSiiYIWbJOXLudO6+83T/k2I0/xhOSfP3S84rLquobmw7AgXnzbb' +
  'GFRy7s1C64m+1o+KzOc6JhYqE4zzFj6UfG/mzq0+efWCn3M3ChnNjueeIvPtacbTp4mnNTGcd9VqEN1j5/0vOLy6qB5jnsd4ACBgYGG+t5KULn' +
  'NzAwMMjUSn18mxLMwMCwquejRp/ZZgYGhnaFwwsOfr7BwMBQ3ezPZB70gYGBgfOnwu3e6CcMP34E5ifmV7nUM9TXA10INPLAX4ZWlycm0/Ucwy' +
  'cwGCjUK+m3r5QNZVBbwnlpy+f97TsY6u8x20ZdfsNjyaCpzrr7QVTUSTGGDJVj749p5uip/ohJKI4srfFscKh3AJt3wMHoXLzBipoDF9IP7FLf' +
  'XfPmxF6zsJlbTtyIStdicWXcvKqiqSLFJiHCMiF66Ry/sLs6bWsFNjGavj4j59bwKsYzIdCvJKO4wdMJ6DaI+xxsGVgYrBmsGOwZDBkMGEwZTB' +
  'h4GawYmBjsGGwZbBj0GIwZjBjMGbgYHBhYGCwYHJCgBMOmrbcfXVWfkbA9zzipvunAgZ0FExON2QLlzh4Usq5vcnBgOM+QwmDG8JkhiCGawYXB' +
  'QS+8XfZz+2WeqJOaejUNDg4+ErIVLLdiziyL81BODHNw+Mroy/CJ0YthD2MEAwA='
