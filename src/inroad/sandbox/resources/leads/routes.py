"""Everything of Lead Sync that is reached over the API."""

from inroad.sandbox.resources.leads.forms import RESOURCES as FORMS
from inroad.sandbox.resources.leads.notifications import RESOURCES as NOTIFICATIONS
from inroad.sandbox.resources.leads.responses import RESOURCES as RESPONSES

RESOURCES = (*FORMS, *RESPONSES, *NOTIFICATIONS)
