"""Fieldcast: the WSGI application, and the command line (`python app.py …` is `flask --app app …`)."""

from lms.factory import create_app
from lms.settings import Settings

app = create_app(Settings.from_env())

if __name__ == "__main__":
    with app.app_context():
        app.cli.main(prog_name="python app.py")
