"""The shot coach: light, level and sound measured on the phone, one advice at a time.

Words: a *signal* is one thing measured (how bright the subject is); its *bounds* divide green from amber and amber from
red; a *verdict* is a signal with its colour. Never: a picture or a sound on the server before its owner hands it in.
"""
