/** A function of a WebAssembly module while it is written: its parameters, its local variables and its code so far. */
import { type Code, control, END, i32, unsigned, VALUE_TYPES, type ValueType } from "./instructions";

/** A variable: what it holds as an expression, and its number. */
export interface Local {
  readonly index: number;
  readonly value: Code;
}

export class FunctionCode {
  readonly parameters: readonly Local[];
  readonly #parameterTypes: readonly ValueType[];
  readonly #localTypes: ValueType[] = [];
  readonly #beginning: number[] = [];
  #code: number[] = [];

  constructor(...parameters: readonly ValueType[]) {
    this.#parameterTypes = parameters;
    this.parameters = parameters.map((_, index) => localAt(index));
  }

  /** Appends code that leaves nothing on the stack. */
  run(code: Code): void {
    for (const byte of code) this.#code.push(byte);
  }

  /** A new variable with the value of `expression`. */
  keep(type: ValueType, expression: Code): Local {
    const local = this.#declare(type);
    this.set(local, expression);
    return local;
  }

  /** A new variable that has its value from the beginning of the function on: `expression` depends on parameters alone. */
  keepFromBeginning(type: ValueType, expression: Code): Local {
    const local = this.#declare(type);
    this.#beginning.push(...assignment(local, expression));
    return local;
  }

  set(local: Local, expression: Code): void {
    this.run(assignment(local, expression));
  }

  /** counter += step */
  advance(counter: Local, step: Code): void {
    this.set(counter, i32.add(counter.value, step));
  }

  /** `body` for `counter` from its present value on, by `step`, as long as it is below `end`. */
  forEach(counter: Local, end: Code, step: Code, body: () => void): void {
    const inner = this.#apart(() => {
      body();
      this.advance(counter, step);
    });
    const goesOn = i32.isBelow(counter.value, end);
    this.run(control.when(goesOn, control.loop(inner, goesOn)));
  }

  when(condition: Code, then: () => void): void {
    this.run(control.when(condition, this.#apart(then)));
  }

  /** The parameters' types, for the module. */
  get type(): Code {
    return this.#parameterTypes.map((type) => VALUE_TYPES[type]);
  }

  /** Local variables and code, for the module. */
  get body(): Code {
    const locals = this.#localTypes.flatMap((type) => [1, VALUE_TYPES[type]]);
    const code = [...unsigned(this.#localTypes.length), ...locals, ...this.#beginning, ...this.#code, END];
    return [...unsigned(code.length), ...code];
  }

  #declare(type: ValueType): Local {
    const local = localAt(this.#parameterTypes.length + this.#localTypes.length);
    this.#localTypes.push(type);
    return local;
  }

  /** The code that `write` appends, by itself. */
  #apart(write: () => void): Code {
    const before = this.#code;
    this.#code = [];
    write();
    const written = this.#code;
    this.#code = before;
    return written;
  }
}

const assignment = ({ index }: Local, expression: Code): Code => [...expression, 0x21, ...unsigned(index)];

const localAt = (index: number): Local => ({ index, value: [0x20, ...unsigned(index)] });
