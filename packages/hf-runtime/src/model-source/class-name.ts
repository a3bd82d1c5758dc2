/** Last part of a Python class path: "torch.nn.modules.activation.Tanh" → "Tanh". */
export function className(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
