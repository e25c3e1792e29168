"""Files of other products: parsed and translated in a process with limits, because anyone may have made them.

Law: `limited_process` starts the child, everything else runs inside it. What comes back is plain data.
"""
