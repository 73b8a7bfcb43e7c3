import { z } from 'zod'
import { projectRef } from '../../domain/access/index.ts'
import {
  annotationText,
  createAnnotation,
  deleteAnnotation,
  editAnnotation,
  listAnnotations,
  newAnnotation,
} from '../../domain/annotations/index.ts'
import { guard, router } from './init.ts'

const annotationRef = projectRef.extend({ id: z.uuid() })

export const annotations = router({
  list: guard('annotation.read')
    .input(projectRef)
    .query(({ ctx: { ctx }, input }) => listAnnotations(ctx, input)),
  create: guard('annotation.create')
    .input(projectRef.extend(newAnnotation.shape))
    .mutation(({ ctx: { ctx }, input: { workspace, project, ...wanted } }) =>
      createAnnotation(ctx, { workspace, project }, wanted),
    ),
  edit: guard('annotation.edit')
    .input(annotationRef.extend({ text: annotationText }))
    .mutation(({ ctx: { ctx }, input }) => editAnnotation(ctx, input)),
  delete: guard('annotation.edit')
    .input(annotationRef)
    .mutation(({ ctx: { ctx }, input }) => deleteAnnotation(ctx, input)),
})
