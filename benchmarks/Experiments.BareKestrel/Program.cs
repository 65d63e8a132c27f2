// The limit that benchmarks/load/decide.sh measures /decide against: Kestrel, with nothing between it and the bytes of the answer.
// Answers every request with the content of the file that --Body names.

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
WebApplication app = builder.Build();
byte[] body = await File.ReadAllBytesAsync(builder.Configuration["Body"] ?? throw new InvalidOperationException("--Body names a file."));
app.Run(context =>
{
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Run();
