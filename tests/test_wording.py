import pytest

from raufoss_assistant.norwegian.wording import plainly, written


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("kem e sjef på katapulten?", "hvem er sjef på katapulten?"),
        ("Ka e ein katapult?", "Hva er ein katapult?"),
        ("Kor hen ligg katapulten?", "Kor ligg katapulten?"),
        ("har dokk sveisesimulator?", "har dere sveisesimulator?"),
        ("Koss søkjer æ om BIO?", "Hvordan søkjer jeg om BIO?"),
        ("Æ vil itj ha noe robot", "Jeg vil ikke ha noe robot"),
        ("ka e MTNC for nå?", "hva er MTNC?"),
        ("Kva er Kubistprisen for noko?", "Kva er Kubistprisen?"),
        ("Hva er MTNC for bedriftene?", "Hva er MTNC for bedriftene?"),
        ("KA 2 er ikke KA", "KA 2 er ikke KA"),
        ("Hvem er e?", "Hvem er e?"),
        ("What can I do?", "What can I do?"),
        ("hvormange jobber der", "hvor mange jobber der"),
        ("kor mange sp er det", "kor mange studiepoeng er det"),
        ("va koster det", "hva koster det"),
        ("va klynga større før, å hvor stor er n nå", "var klynga større før, og hvor stor er den nå"),
        ("Is it 71,550 kroner?", "Is it 71\u00a0550 kroner?"),
        ("Hva er 2,5 prosent av 1,25?", "Hva er 2,5 prosent av 1,25?"),
        ("Kjøpe N robot", "Kjøpe N robot"),
        ("", ""),
    ],
)
def test_spoken_words_are_written_as_bokmal_writes_them(spoken, said):
    assert written(spoken) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Korleis blir eg praksiskandidat?", "Hvordan blir man praksiskandidat?"),
        ("Kor ligg katapulten?", "Hvor ligger katapulten?"),
        ("Kan vi søke om BIO?", "Kan man søke om BIO?"),
        ("Hvem leder klyngen?", "Hvem leder klyngen?"),
    ],
)
def test_a_question_is_put_in_plain_bokmal_by_nobody(question, said):
    assert plainly(question) == said
