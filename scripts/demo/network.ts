interface Digit {
  pixels: Float64Array
  label: number
}

interface Measure {
  loss: number
  accuracy: number
}

const inputs = 64
const classes = 10

/** One hidden layer of ReLU, softmax on top, trained by SGD with momentum. */
export class Network {
  readonly #hidden: number
  readonly #first: Float64Array
  readonly #second: Float64Array
  readonly #velocity: [Float64Array, Float64Array]

  constructor(hidden: number, random: () => number) {
    this.#hidden = hidden
    const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())
    // Each unit's weights, its bias last.
    this.#first = Float64Array.from({ length: hidden * (inputs + 1) }, () => normal() * Math.sqrt(2 / inputs))
    this.#second = Float64Array.from({ length: classes * (hidden + 1) }, () => normal() * Math.sqrt(2 / hidden))
    this.#velocity = [new Float64Array(this.#first.length), new Float64Array(this.#second.length)]
  }

  measure(digits: Digit[]): Measure {
    return mean(digits.map(digit => judge(this.#forward(digit.pixels).chances, digit.label)))
  }

  /** One step down the gradient; answers the batch's measure before it. */
  step(batch: Digit[], lr: number, momentum: number): Measure {
    const slopes = [new Float64Array(this.#first.length), new Float64Array(this.#second.length)] as const
    const measures = batch.map(({ pixels, label }) => {
      const { active, chances } = this.#forward(pixels)
      const error = chances.map((chance, c) => (chance - (c === label ? 1 : 0)) / batch.length)
      const back = new Float64Array(this.#hidden)
      accumulate(slopes[1], this.#second, active, error, back)
      accumulate(
        slopes[0],
        this.#first,
        pixels,
        back.map((slope, h) => ((active[h] ?? 0) > 0 ? slope : 0)),
      )
      return judge(chances, label)
    })
    for (const [layer, weights] of [this.#first, this.#second].entries()) {
      const velocity = this.#velocity[layer as 0 | 1]
      const slope = slopes[layer as 0 | 1]
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = momentum * (velocity[i] ?? 0) - lr * (slope[i] ?? 0)
        weights[i] = (weights[i] ?? 0) + (velocity[i] ?? 0)
      }
    }
    return mean(measures)
  }

  #forward(pixels: Float64Array): { active: Float64Array; chances: Float64Array } {
    const active = times(this.#first, pixels, this.#hidden).map(x => Math.max(x, 0))
    const scores = times(this.#second, active, classes)
    const highest = Math.max(...scores)
    const powers = scores.map(score => Math.exp(score - highest))
    const sum = powers.reduce((a, b) => a + b, 0)
    return { active, chances: powers.map(power => power / sum) }
  }
}

function times(weights: Float64Array, input: Float64Array, units: number): Float64Array {
  const width = input.length + 1
  return Float64Array.from({ length: units }, (_, unit) => {
    let sum = weights[unit * width + input.length] ?? 0
    for (let i = 0; i < input.length; i++) sum += (weights[unit * width + i] ?? 0) * (input[i] ?? 0)
    return sum
  })
}

/** Adds a layer's gradient to `slope`, and what goes on to the layer below to `back`. */
function accumulate(
  slope: Float64Array,
  weights: Float64Array,
  input: Float64Array,
  error: Float64Array,
  back?: Float64Array,
) {
  const width = input.length + 1
  for (const [unit, e] of error.entries()) {
    for (let i = 0; i < input.length; i++) {
      slope[unit * width + i] = (slope[unit * width + i] ?? 0) + e * (input[i] ?? 0)
      if (back) back[i] = (back[i] ?? 0) + e * (weights[unit * width + i] ?? 0)
    }
    slope[unit * width + input.length] = (slope[unit * width + input.length] ?? 0) + e
  }
}

function judge(chances: Float64Array, label: number): Measure {
  const right = chances[label] ?? 0
  return { loss: -Math.log(right + 1e-12), accuracy: right === Math.max(...chances) ? 1 : 0 }
}

function mean(measures: Measure[]): Measure {
  const of = (name: keyof Measure) => measures.reduce((sum, measure) => sum + measure[name], 0) / measures.length
  return { loss: of('loss'), accuracy: of('accuracy') }
}
