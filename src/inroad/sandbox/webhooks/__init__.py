"""Webhooks out: who is told, challenges, signatures, retries, and a log of every attempt.

Source: "Webhooks", learn.microsoft.com /linkedin/shared/api-guide/webhook-validation
"""
