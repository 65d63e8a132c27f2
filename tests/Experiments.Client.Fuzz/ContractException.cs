namespace Experiments.Client.Fuzz;

/// <summary>An input for which the reader does not do what it promises.</summary>
internal sealed class ContractException(string message) : Exception(message)
{
    public static void Demand(bool holds, string promise)
    {
        if (!holds)
        {
            throw new ContractException(promise);
        }
    }
}
