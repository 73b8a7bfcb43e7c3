'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/ui/kit/toaster'
import { useTRPC } from '@/ui/trpc/client'
import type { PanelRun } from '../panel-run'

export type AnnotatedPlace = { workspace: string; project: string }
export type AnnotatedAxis = 'step' | 'time' | 'relative'

export type Annotation = {
  id: string
  /** null: on all panels. */
  key: string | null
  /** Those on which it stands; none: on every run. */
  runs: string[]
  axis: string
  from: number
  /** null: a point. */
  to: number | null
  text: string
  author: string | null
  createdAt: Date
  editedAt: Date | null
  /** Whether the reader may change it. */
  editable: boolean
}

export type NewAnnotation = {
  key?: string
  runs?: string[]
  axis: AnnotatedAxis
  from: number
  to?: number
  text: string
}

const none: readonly Annotation[] = []

/** The annotations of a project, and what changes them. */
export function useAnnotations(place: AnnotatedPlace) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { data } = useQuery(trpc.annotations.list.queryOptions(place))
  const settled = {
    onError: (error: { message: string }) => void toast.error(error.message),
    onSettled: () => client.invalidateQueries(trpc.annotations.pathFilter()),
  }
  const create = useMutation(trpc.annotations.create.mutationOptions(settled))
  const edit = useMutation(trpc.annotations.edit.mutationOptions(settled))
  const remove = useMutation(trpc.annotations.delete.mutationOptions(settled))
  return {
    all: data?.annotations ?? none,
    mayCreate: data?.mayCreate ?? false,
    create: (wanted: NewAnnotation) => create.mutateAsync({ ...place, ...wanted }),
    edit: (id: string, text: string) => edit.mutateAsync({ ...place, id, text }),
    remove: (id: string) => remove.mutateAsync({ ...place, id }),
  }
}

export type Annotations = ReturnType<typeof useAnnotations>

/** Those that stand on the panel of a key while x is `axis` and these runs are drawn. */
export const annotationsOf = (all: readonly Annotation[], key: string, axis: string, drawn: readonly PanelRun[]) =>
  all.filter(
    ({ runs, ...each }) =>
      each.axis === axis &&
      (each.key === null || each.key === key) &&
      (runs.length === 0 || drawn.some(({ run }) => runs.includes(run))),
  )
