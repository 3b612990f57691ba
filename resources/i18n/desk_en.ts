<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AdminView</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeavingBar</name>
    <message numerus="yes">
        <source>%n act(s) not sent yet</source>
        <translation>
            <numerusform>%n act not sent yet</numerusform>
            <numerusform>%n acts not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>+%n more</numerusform>
            <numerusform>+%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplayView</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SayView</name>
    <message numerus="yes">
        <source>SMS · %n part(s)</source>
        <translation>
            <numerusform>SMS · %n part</numerusform>
            <numerusform>SMS · %n parts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message numerus="yes">
        <source>%n act(s) of {name} are kept on this desk and sent when they next sign in here.</source>
        <translation>
            <numerusform>%n act of {name} is kept on this desk and sent when they next sign in here.</numerusform>
            <numerusform>%n acts of {name} are kept on this desk and sent when they next sign in here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message numerus="yes">
        <source>within %n working day(s)</source>
        <translation>
            <numerusform>within %n working day</numerusform>
            <numerusform>within %n working days</numerusform>
        </translation>
    </message>
</context>
</TS>
