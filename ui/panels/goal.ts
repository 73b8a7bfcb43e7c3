export type Goal = 'minimize' | 'maximize'

const HIGHER_IS_BETTER =
  /(^|[/_.-])(acc|accuracy|auc|auroc|f1|precision|recall|reward|return|score|bleu|rouge|map|miou|iou|psnr|ssim|mfu|r2|top[15])([/_.@-]|\d|$)|per_s(ec)?$|throughput/i

/** Which way a key gets better, by its name, unless someone has said it. */
export function goalOf(key: string): Goal {
  return HIGHER_IS_BETTER.test(key) && !/loss|error/i.test(key) ? 'maximize' : 'minimize'
}
