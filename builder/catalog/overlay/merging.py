"""What is said by hand about layers that make one tensor out of several."""

from builder.catalog.entry import Entries, Entry
from builder.catalog.spec import PortSpec

LIST = (PortSpec(name="inputs", many=True),)

ENTRIES = Entries(
    {
        "Add": Entry("Adds its inputs", takes_bool=False, ports=LIST),
        "Subtract": Entry("First input minus the second", takes_bool=False, ports=LIST),
        "Multiply": Entry("Multiplies its inputs, value by value", takes_bool=False, ports=LIST),
        "Average": Entry("The mean of its inputs", takes_bool=False, ports=LIST),
        "Maximum": Entry("The largest of its inputs, value by value", takes_bool=False, ports=LIST),
        "Minimum": Entry("The smallest of its inputs, value by value", takes_bool=False, ports=LIST),
        "Concatenate": Entry("Puts its inputs side by side", (2, None), "any", ports=LIST),
        "Dot": Entry(
            "Multiplies two inputs and sums along an axis", (2, None), ports=LIST, start={"axes": -1}
        ),
    }
)
