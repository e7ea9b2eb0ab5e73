"""Stages of applications in an ATS: the one part of Recruiter System Connect that is modelled."""
