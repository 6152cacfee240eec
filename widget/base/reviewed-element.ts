/** The element, which may belong to a form that it does not stand in. */
export type ReviewedElement = HTMLElement & { readonly form: HTMLFormElement | null };
