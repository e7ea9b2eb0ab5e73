"""inroad: LinkedIn's official APIs as typed Python, with a service, a sandbox and a testing kit beside them."""
