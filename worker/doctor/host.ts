/** Cloudflare's runtime, or a process of the operator's own: what there is to mend lies elsewhere there. */
export const isOnCloudflare =
  typeof navigator === 'object' && navigator.userAgent === 'Cloudflare-Workers';
