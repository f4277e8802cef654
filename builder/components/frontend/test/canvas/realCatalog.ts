/** The catalogue as the program serves it. */

import file from "../../../../catalog/catalog.json";
import { type ServedCatalog, served } from "../../src/canvas/design/catalog";

export const catalog = served(file as unknown as ServedCatalog);
