"""Run by the system's Python, which has LibreOffice's `uno`: open a document, accept or reject all, print the paragraphs.

Words: the socket's pipe name, the document's path, and `accept` or `reject`. Out: a JSON list of texts, one a paragraph.
"""

import json
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def desktop(pipe):
    """LibreOffice's desktop, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # not yet there
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def paragraphs(text):
    """The texts of all paragraphs, those in tables cell by cell."""
    for part in text:
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part.getString()


def main():
    pipe, path, how = sys.argv[1:]
    context, office = desktop(pipe)
    hidden = PropertyValue("Hidden", 0, True, 0)
    document = office.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}[how]
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    print(json.dumps(list(paragraphs(document.Text))))
    document.close(True)


main()
sys.stdout.flush()
os._exit(0)  # uno sometimes crashes while Python takes it down; all is said by now
