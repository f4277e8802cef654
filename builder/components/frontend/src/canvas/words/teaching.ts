/** What does a fault teach? One sentence on why the layer needs what it needs, and what came of a repair. */

import type { Issue, Repair } from "../protocol";
import { counted, grouped } from "./numbers";

const BY_VALUE = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"];
const OPERATIONS = ["add", "subtract", "multiply", "divide", "power", "maximum", "minimum"].map((name) => `ops.${name}`);

const WINDOW = "Layers before have made this smaller, and a window must fit into what is left.";

const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/^(ops\.)?[Cc]oncatenate$/, "Putting side by side joins one axis; all other lengths must be equal."],
  [/^Dot$|^ops\.matmul$/, "Multiplying and adding up needs equal lengths along the axes that meet."],
  [/Attention$/, "Attention compares features, so both sides need the same number of them."],
  [/^Conv(LSTM)?1D|^SeparableConv1D|^DepthwiseConv1D|Pooling1D$/, "A window slides along steps, so it needs a sequence: steps × features."],
  [/Conv2D|Pooling2D$|^UpSampling2D|^Cropping2D|^ZeroPadding2D/, "A window slides over an image, so it needs height × width × channels."],
  [/Conv3D|Pooling3D$/, "A window slides through a volume, so it needs three lengths × channels."],
  [/^(LSTM|GRU|SimpleRNN|RNN|Bidirectional)$/, "A recurrent layer reads step by step, so it needs a sequence: steps × features."],
  [/^TimeDistributed$/, "The layer inside is applied to each step, so it needs a sequence."],
  [/^RepeatVector$/, "It hands one row out several times, so it needs a row of numbers."],
  [/^(ops\.reshape|Reshape)$/, "Reshaping moves numbers and makes none: as many must go out as come in."],
  [/^Embedding$|^CategoryEncoding$/, "Whole numbers are looked up in a table, so only whole numbers can come in."],
  [/^(StringLookup|TextVectorization)$/, "Words are looked up in a vocabulary, so text must come in."],
  [/^Model$/, "A nested network takes what its own inputs are drawn for."],
  [/^Call$/, "Shared weights were made for one shape; every call must bring it."],
  [/^Dense$/, "Each unit weighs every number that comes in, so their count must be known and fixed."],
];

const BY_CODE: { readonly [code: string]: string } = {
  cycle: "Numbers flow one way: no layer can wait for what it makes itself.",
  missing_argument: "A layer works on what comes in and on what it is told; one of both is missing.",
  bad_argument: "A setting takes only values that the layer can work with.",
  unknown_layer: "Only layers of Keras can be built.",
  duplicate_id: "A layer is found by its name, so each name may stand once.",
  dangling_edge: "A wire needs a layer at both ends.",
  no_input: "A network begins where the data come in.",
  too_large: "Weights and outputs must fit into memory.",
  data_mismatch: "First and last layer must take and give what the data have.",
};

/** Why it cannot be, in one sentence. */
export function teaching(issue: Issue, type: string, count = 2): string {
  if (issue.code !== "shape_mismatch") return BY_CODE[issue.code] ?? issue.fix ?? "";
  if (issue.argument === "kernel_size" || issue.argument === "pool_size") return WINDOW;
  if (count > 1 && (BY_VALUE.includes(type) || OPERATIONS.includes(type)))
    return `${type.replace("ops.", "")} works value by value, so ${count > 2 ? "all" : "both"} inputs need the same shape.`;
  return ABOUT.find(([pattern]) => pattern.test(type))?.[1] ?? issue.fix ?? "";
}

/** The first part of a message: what cannot be. Shapes that follow stand below it. */
export function headline({ message }: Issue): string {
  return message.split(/: |; |, but /)[0]!.replace(/\.$/, "");
}

/** What follows the headline, as a sentence of its own; empty when nothing does. */
export function remainder(issue: Issue): string {
  const rest = issue.message.slice(headline(issue).length).replace(/^(: |; |, but |\.)/, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** `Checked: no fault left, 7 994 parameters.` */
export function checked(repair: Repair): string {
  const left = repair.errors_after ? `${counted(repair.errors_after, "fault")} left` : "no fault left";
  return `Checked: ${left}, ${counted(repair.params_after, "parameter")}.`;
}

/** What the repair itself adds or takes, `+544`; empty when nothing. */
export function difference({ params_added: added }: Repair): string {
  return added ? `${added > 0 ? "+" : ""}${grouped(added)}` : "";
}
