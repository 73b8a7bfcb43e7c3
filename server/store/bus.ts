import { EventEmitter } from 'node:events'
import { once } from './once.ts'

/**
 * Doorbells between the parts of the server: topic and a small plain object, never points.
 * In memory; a listener that throws harms neither the publisher nor its neighbours.
 */
export interface Bus {
  publish(topic: string, message: unknown): void
  /** Returns the function that ends the subscription. */
  subscribe<T>(topic: string, listener: (message: T) => void): () => void
}

export function createBus(onFault: (error: unknown, topic: string) => void = () => {}): Bus {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    publish(topic, message) {
      emitter.emit(topic, message)
    },
    subscribe(topic, listener) {
      const guarded = (message: unknown) => {
        try {
          listener(message as Parameters<typeof listener>[0])
        } catch (error) {
          onFault(error, topic)
        }
      }
      emitter.on(topic, guarded)
      return () => emitter.off(topic, guarded)
    },
  }
}

/** The bus of this process. */
export function bus(): Bus {
  return once('bus', () => createBus((error, topic) => console.error(`listener of ${topic} failed`, error)))
}
