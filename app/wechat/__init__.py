"""WeChat: the only code that knows wechatpy. app/container.py builds and connects what stands here."""
