namespace Experiments.Control.Tests.Splits;

internal enum SplitEdit
{
    RaiseCoverage,
    LowerCoverage,
    ChangeWeight,
    AddVariant,
    RemoveVariant,
    ChangeEverything,
}
