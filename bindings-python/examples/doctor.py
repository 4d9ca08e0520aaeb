"""One doctor: does she meet what is asked for 2024, and if not, what is missing?"""

from datetime import date
from decimal import Decimal

import medtrain as mt

doctor = mt.Practitioner(
    person_id="1001",
    title_grade=mt.TitleGrade.INTERMEDIATE,
    activities=[
        mt.Activity(
            awarded_on=date(2024, 5, 10),
            credits=Decimal("21.5"),
            hours=Decimal("72"),
            subject_kind=mt.SubjectKind.PROFESSIONAL,
            job_related=True,
            electronic=True,
        )
    ],
)

verdict = mt.evaluate("cq-annual-cme", doctor, year=2024, as_of=date(2024, 9, 23), remedies=True)
print(verdict.explain("en"))

for finding in verdict.findings:
    if finding.status is mt.Status.UNMET and finding.shortfall is not None:
        print(f"{finding.provision} ({finding.article}): {finding.shortfall} {finding.unit} short, due {finding.due}")

for remedy in verdict.remedies.remedies if verdict.remedies else ():
    for step in remedy.steps:
        match step:
            case mt.StepAddRecord():
                print("add a record to", step.list, {field.field: field.value for field in step.fields})
            case mt.StepSetFact():
                print("bring about", step.path, step.value)
            case mt.StepWait():
                print("wait until", step.until)
