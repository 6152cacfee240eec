/** The parts of the analyzer that its own types leave out. */

declare module '@custom-elements-manifest/analyzer/src/create.js' {
  interface Plugin {
    readonly name: string;
  }

  /** Gives the manifest, unchecked. */
  export function create(options: { modules: unknown[]; plugins: Plugin[] }): unknown;
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): { readonly name: string }[];
}

declare module '@custom-elements-manifest/analyzer/index.js' {
  /** The compiler whose syntax trees it reads: older than ours. */
  export const ts: {
    ScriptTarget: { Latest: number };
    createSourceFile(name: string, text: string, target: number, setParents: boolean): unknown;
  };
}
