"""The old place of `inroad.sandbox.shape`."""

from inroad.sandbox.shape import is_list as is_list
from inroad.sandbox.shape import is_object as is_object
from inroad.sandbox.shape import member_of as member_of
